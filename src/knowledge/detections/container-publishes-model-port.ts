import { all, any, contains, ends, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { PUT_GATEWAY } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { run, story } from "./story.ts";

/** Docker's rules come before the firewall's. */
export const CONTAINER_PUBLISHES_MODEL_PORT: Detection = {
  id: "container-publishes-model-port",
  uuid: "bba5a576-cbfc-461d-a5cc-613fca5a0d21",
  title: "A container publishes the model server's port on every address",
  hypothesis:
    "`-p 11434:11434` publishes on every address of the machine, past ufw and firewalld; inside the container the server sees everybody as the bridge. Only an address before the port, 127.0.0.1, keeps it home. The command, and the docker-proxy that follows from it, tell.",
  severity: "medium",
  ...STABLE_1,
  selections: {
    publish: {
      class: "process",
      where: any(
        all(
          ends("executable", "/docker", "/podman", "/nerdctl", "\\docker.exe", "\\podman.exe"),
          contains("commandLine", ":11434"),
          contains("commandLine", " -p ", " -p=", "--publish"),
          not(contains("commandLine", "127.0.0.1:", "[::1]:")),
        ),
        all(
          ends("executable", "/docker-proxy"),
          contains("commandLine", "-container-port 11434"),
          contains("commandLine", "-host-ip 0.0.0.0 ", "-host-ip :: "),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "publish", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "A container whose port a firewall of the provider guards.",
    "A gateway of one's own in a container on the same port.",
  ],
  blindTo: [
    "Compose files, whose ports stand in a file; their docker-proxy is seen.",
    "A command that names loopback for another purpose.",
    "`userland-proxy=false`, where no docker-proxy runs.",
    "Containers on the host's own network: see `listen-on-every-address`.",
  ],
  ids: { attack: ["T1133", "T1190"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ufwDocker],
  whatNow: {
    confirm: [
      "Show published ports: `docker ps --format '{{.Names}} {{.Ports}}' | grep 11434`.",
      "Ask it from another machine: `curl -m 5 http://ADDRESS:11434/api/version`.",
    ],
    contain: [
      "Publish on loopback: `-p 127.0.0.1:11434:11434`; until then: `sudo iptables -I DOCKER-USER -p tcp --dport 11434 ! -s 127.0.0.0/8 -j DROP`.",
    ],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("the port after an equals sign", () => [
      run(0, "/usr/bin/docker", "docker run -d -p=11434:11434 ollama/ollama"),
    ]),
    story("as the guides write it", () => [
      run(
        0,
        "/usr/bin/docker",
        "docker run -d --gpus=all -v ollama:/root/.ollama -p 11434:11434 --name ollama ollama/ollama",
      ),
    ]),
    story("another port outside", () => [run(0, "/usr/bin/docker", "docker run -d -p 80:11434 ollama/ollama")]),
    story("every address, written out", () => [
      run(0, "/usr/bin/podman", "podman run --publish=0.0.0.0:11434:11434 ollama/ollama"),
    ]),
    story("docker-proxy", () => [
      run(
        0,
        "/usr/bin/docker-proxy",
        "/usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 11434 -container-ip 172.17.0.2 -container-port 11434",
        { user: "root", parentExecutable: "/usr/bin/dockerd", parentCommandLine: "dockerd" },
      ),
    ]),
    story("docker-proxy for IPv6", () => [
      run(
        0,
        "/usr/libexec/docker/docker-proxy",
        "docker-proxy -proto tcp -host-ip :: -host-port 11434 -container-ip 172.17.0.2 -container-port 11434",
        { user: "root" },
      ),
    ]),
    story("Windows", () => [
      run(
        0,
        String.raw`C:\Program Files\Docker\Docker\resources\bin\docker.exe`,
        "docker run -d -p 11434:11434 ollama/ollama",
        { product: "sysmon" },
      ),
    ]),
  ],
  silent: [
    story("a search for docker-proxy", () => [
      run(0, "/usr/bin/pgrep", "pgrep -fa docker-proxy -host-ip 0.0.0.0 .* -container-port 11434"),
    ]),
    story("on loopback", () => [run(0, "/usr/bin/docker", "docker run -d -p 127.0.0.1:11434:11434 ollama/ollama")]),
    story("on IPv6 loopback", () => [run(0, "/usr/bin/docker", "docker run -d -p [::1]:11434:11434 ollama/ollama")]),
    story("not published", () => [run(0, "/usr/bin/docker", "docker run -d --network llm ollama/ollama")]),
    story("another container", () => [run(0, "/usr/bin/docker", "docker run -d -p 80:80 nginx")]),
    story("a client that is told where the server is", () => [
      run(0, "/usr/bin/docker", "docker run -d -e OLLAMA_BASE_URL=http://ollama:11434 open-webui"),
    ]),
    story("docker-proxy on loopback", () => [
      run(
        0,
        "/usr/bin/docker-proxy",
        "docker-proxy -proto tcp -host-ip 127.0.0.1 -host-port 11434 -container-ip 172.17.0.2 -container-port 11434",
        { user: "root" },
      ),
    ]),
    story("docker-proxy on IPv6 loopback", () => [
      run(
        0,
        "/usr/bin/docker-proxy",
        "docker-proxy -proto tcp -host-ip ::1 -host-port 11434 -container-ip 172.17.0.2 -container-port 11434",
        { user: "root" },
      ),
    ]),
    story("docker-proxy of another container", () => [
      run(
        0,
        "/usr/bin/docker-proxy",
        "docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 80 -container-ip 172.17.0.3 -container-port 80",
        { user: "root" },
      ),
    ]),
    story("containers are listed", () => [run(0, "/usr/bin/docker", "docker ps --filter publish=11434")]),
    story("a command inside of the container", () => [run(0, "/usr/bin/docker", "docker exec ollama ollama ps")]),
    story("the port is shown", () => [run(0, "/usr/bin/docker", "docker port ollama 11434")]),
    story("a search for it", () => [run(0, "/usr/bin/grep", "grep -rn ' -p 11434:11434' /srv")]),
  ],
};
