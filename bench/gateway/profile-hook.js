// Loaded into the gateway's processes (`NODE_OPTIONS=--import`): SIGUSR2 begins a CPU profile, the next one writes it into BENCH_PROFILE.
import cluster from "node:cluster";
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";
import process from "node:process";

const MICROSECONDS = 200;
const folder = process.env["BENCH_PROFILE"];
if (folder !== undefined) {
  const file = join(folder, `${cluster.isWorker ? "worker" : "supervisor"}-${process.pid}.cpuprofile`);
  const session = new Session();
  let isOn = false;
  session.connect();
  process.on("SIGUSR2", () => {
    isOn = !isOn;
    if (isOn) {
      session.post("Profiler.enable");
      session.post("Profiler.setSamplingInterval", { interval: MICROSECONDS });
      session.post("Profiler.start");
    } else {
      session.post("Profiler.stop", (_error, { profile }) => writeFileSync(file, JSON.stringify(profile)));
    }
  });
}
