import type { RecordRow } from "../../../src/gateway/record/record-row.ts";

/** A row of an everyday chat, with changes. */
export function recordRow(changes: Partial<RecordRow> = {}): RecordRow {
  return {
    at: "2026-01-10T11:59:58.123Z",
    id: "w1-000001",
    key: "0a1b2c3d",
    owner: "ada@example.org",
    role: "staff",
    address: "192.0.2.7",
    method: "POST",
    route: "ollama.chat",
    path: "/api/chat",
    model: "registry.ollama.ai/library/llama3:latest",
    decision: "allowed",
    reason: "ok",
    status: 200,
    promptTokens: 26,
    answerTokens: 298,
    counted: "server",
    bytesIn: 280,
    bytesOut: 5500,
    waitMs: 0,
    firstByteMs: 12,
    durationMs: 4235,
    promptDigest: "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
    ended: "complete",
    ...changes,
  };
}
