/** The judgements of the faces, for tests of rooms below `classify` that take them as an argument. */
export { JUDGEMENTS } from "../../src/classify/judgements.ts";
