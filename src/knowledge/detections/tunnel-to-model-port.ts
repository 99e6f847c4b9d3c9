import { all, any, contains, ends, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { run, story } from "./story.ts";

/** Out through the wall, and everybody in by it. */
export const TUNNEL_TO_MODEL_PORT: Detection = {
  id: "tunnel-to-model-port",
  uuid: "e3d6d0b4-e60a-4c03-8cda-e09eb3e57095",
  title: "A tunnel was opened to the model server's port",
  hypothesis:
    "A tunnel program carries the port out to a public name without any change of bind or firewall; Ollama's own documentation shows ngrok and cloudflared. Without a login at the tunnel the server is open.",
  severity: "high",
  ...STABLE_1,
  selections: {
    tunnel: {
      class: "process",
      where: all(
        contains("commandLine", "11434"),
        any(
          ends(
            "executable",
            "/cloudflared",
            "/ngrok",
            "/frpc",
            "/bore",
            "/lt",
            "/localtunnel",
            "/zrok",
            "/chisel",
            "/tailscale",
            "/rathole",
            "/gost",
            "/devtunnel",
            "\\cloudflared.exe",
            "\\ngrok.exe",
            "\\frpc.exe",
            "\\bore.exe",
            "\\chisel.exe",
            "\\tailscale.exe",
            "\\devtunnel.exe",
          ),
          all(
            ends("executable", "/ssh", "\\ssh.exe", "/autossh"),
            contains("commandLine", " -R", "-NR", "-fNR", "RemoteForward", "-nNTR"),
          ),
          contains("commandLine", "localtunnel ", "npx lt "),
        ),
        not(contains("commandLine", "tailscale serve")),
      ),
    },
  },
  correlation: { kind: "each", of: "tunnel", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: ["A tunnel that asks for a login, of one's own."],
  blindTo: ["Tunnels whose target stands in a file.", "Tunnels to a proxy on another port."],
  ids: { attack: ["T1572", "T1090", "T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show tunnels: `ps -eo pid,user,lstart,args | grep -E 'cloudflared|ngrok|frpc|bore|ssh .*-[a-zA-Z]*R'`.",
      "Ask the public name from elsewhere: `curl -m 5 https://NAME/api/version`; an answer means it is open.",
    ],
    contain: ["End it: `kill PID`, and its unit or start-up entry if it has one."],
    recover: ["Where a tunnel is needed, let it ask for a login, and lead it to the gateway.", SHOW_ACCESS],
  },
  fires: [
    story("a tunnel by Node, its short name", () => [run(0, "/usr/bin/node", "npx lt --port 11434")]),
    story("SSH backwards, kept open", () => [
      run(0, "/usr/bin/autossh", "autossh -M 0 -N -R 8080:localhost:11434 alice@203.0.113.9"),
    ]),
    story("SSH backwards on Windows", () => [
      run(0, String.raw`C:\Windows\System32\OpenSSH\ssh.exe`, "ssh.exe -R 8080:localhost:11434 alice@203.0.113.9", {
        product: "sysmon",
      }),
    ]),
    story("a tunnel by Node", () => [run(0, "/usr/bin/node", "npx localtunnel --port 11434")]),
    story("ngrok", () => [run(0, "/usr/local/bin/ngrok", "ngrok http 11434 --host-header=localhost:11434")]),
    story("cloudflared", () => [run(0, "/usr/bin/cloudflared", "cloudflared tunnel --url http://localhost:11434")]),
    story("SSH backwards", () => [run(0, "/usr/bin/ssh", "ssh -N -R 0.0.0.0:8080:localhost:11434 alice@203.0.113.9")]),
    story("bore", () => [run(0, "/home/alice/.cargo/bin/bore", "bore local 11434 --to bore.example.org")]),
    story("Windows", () => [run(0, String.raw`C:\Tools\ngrok.exe`, "ngrok.exe http 11434", { product: "sysmon" })]),
    story("tailscale, open to everybody", () => [run(0, "/usr/bin/tailscale", "tailscale funnel 11434")]),
  ],
  silent: [
    story("a search for the port", () => [run(0, "/usr/bin/grep", "grep -R 11434 /etc")]),
    story("ngrok for another port", () => [run(0, "/usr/local/bin/ngrok", "ngrok http 3000")]),
    story("cloudflared with its own file", () => [run(0, "/usr/bin/cloudflared", "cloudflared tunnel run")]),
    story("SSH forwards: a client of a server elsewhere", () => [
      run(0, "/usr/bin/ssh", "ssh -N -L 11434:localhost:11434 alice@gpu"),
    ]),
    story("a plain login", () => [run(0, "/usr/bin/ssh", "ssh alice@gpu ollama ps")]),
    story("SSH backwards, another port", () => [
      run(0, "/usr/bin/ssh", "ssh -N -R 8080:localhost:3000 alice@203.0.113.9"),
    ]),
    story("tailscale, for its own members alone", () => [run(0, "/usr/bin/tailscale", "tailscale serve 11434")]),
    story("curl at the server", () => [run(0, "/usr/bin/curl", "curl http://127.0.0.1:11434/api/tags")]),
    story("the server with its port", () => [run(0, "/usr/bin/env", "env OLLAMA_HOST=127.0.0.1:11434 ollama serve")]),
    story("a search for tunnels", () => [run(0, "/usr/bin/pgrep", "pgrep -fa ngrok.*11434")]),
    story("the tunnel's version", () => [run(0, "/usr/local/bin/ngrok", "ngrok version")]),
    story("a program whose name ends alike", () => [run(0, "/opt/notngrok", "notngrok http 11434")]),
  ],
};
