/** What to do now, in words that several detections share. */

/** Shows on what the server listens. */
export const SHOW_LISTENERS =
  "Show what listens: `ss -Hltnpe 'sport = :11434'` (Linux), `lsof -nP -iTCP:11434 -sTCP:LISTEN` (macOS), `Get-NetTCPConnection -State Listen -LocalPort 11434` (Windows).";

/** Closes the server to everybody but its own machine. */
export const BIND_LOOPBACK =
  "Bind it to loopback: `sudo systemctl edit ollama`, write `[Service]` and `Environment=OLLAMA_HOST=127.0.0.1:11434`, then `sudo systemctl restart ollama`; in a container publish `127.0.0.1:11434:11434`; in the desktop app turn off the switch that exposes it to the network.";

/** Keeps one address away while more is found out. */
export const DROP_PEER =
  "Keep the address away for now: `sudo nft insert rule inet filter input ip saddr ADDRESS tcp dport 11434 drop` (ports that Docker publishes: `sudo iptables -I DOCKER-USER -s ADDRESS -j DROP`).";

/** Shows who is connected now. */
export const SHOW_PEERS = "Show who is connected now: `ss -Htn state established 'sport = :11434'`.";

/** Puts a login in front. */
export const PUT_GATEWAY =
  "Put a login in front of it: bind Ollama to loopback and let clients come through `corral gateway` with keys of their own.";

/** Stops the server as it stands, so that memory and files stay for whoever looks into it. */
export const STOP_SERVER =
  "Take the machine off the network, or stop the service: `sudo systemctl stop ollama` (container: `docker pause NAME`, which keeps its memory).";

/** Exchanges what the server's process could have told. */
export const ROTATE_SECRETS =
  "Exchange every secret that the service could read: its environment (`systemctl show ollama -p Environment`), `~/.ollama/id_ed25519`, and keys that were sent to it in prompts.";

/** Compares models with what was installed. */
export const CHECK_MODELS =
  'Compare the models with what you installed: `ollama list`, and each blob with its own name: `cd /usr/share/ollama/.ollama/models/blobs && for f in sha256-*; do echo "${f#sha256-}  $f"; done | sha256sum -c --quiet`.';

/** Shows the access rows around the alert. */
export const SHOW_ACCESS =
  "Show the server's own access rows of that hour: `journalctl -u ollama --since TIME --until TIME -o short-iso | grep GIN`; its addresses can be forged, so compare with the proxy's or the flow log.";

/** Brings the version up to date. */
export const UPGRADE = "Bring Ollama up to date: `ollama --version`, then the installer of your system.";

/** Looks for what a started program left behind. */
export const LOOK_FOR_TRACES =
  "Look for what it left behind: `ps -o pid,ppid,lstart,user,args -u ollama`, `systemctl status ollama`, files changed since: `sudo find / -xdev -newermt TIME -user ollama -type f`.";

/** Sets the machine up anew where a program ran that nobody can account for. */
export const REBUILD =
  "Where a foreign program ran, set the machine up anew from a known image; put models back from their registry, not from the old disk.";

/** Shows what the server is connected to. */
export const SHOW_OUTGOING =
  "Show where it is connected to now: `sudo ss -Htnp state established | grep -E 'ollama|llama-server'`.";

/** Keeps the service from reaching out. */
export const DENY_OUTGOING =
  "Keep the service from reaching inside: `sudo systemctl edit ollama`, write `[Service]` and `IPAddressDeny=10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 fc00::/7 fe80::/10`, then `sudo systemctl restart ollama`.";

/** Shows who did it on the machine. */
export const SHOW_ACTOR =
  "Show who was on the machine then: `last -F | head`, `sudo ausearch -m USER_CMD,EXECVE -ts TIME -i | tail -50`.";
