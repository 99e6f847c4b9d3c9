import type { CommandRun } from "../../model/command.ts";
import { EXIT } from "../../model/complaint.ts";
import { makeOperationsToken } from "../record/operations-token.io.ts";
import { stateOption } from "./gateway-place.io.ts";

/** `corral gateway token`: a new token of the operations listener, shown once, in place of the one before. */
export const runGatewayToken: CommandRun = async (_args, options, terminal) => {
  const token = await makeOperationsToken(await stateOption(options, terminal), true);
  await terminal.out(`${token ?? ""}\n`);
  terminal.say(
    "This is the token of metrics and health; it cannot be shown again. A running gateway knows it after a restart.",
  );
  return EXIT.fine;
};
