import { expect, test } from "vitest";
import { all, any, contains, is, not } from "../../model/condition.ts";
import { withServerPorts } from "./server-port-texts.ts";

const WHERE = all(
  any(contains("name", "ollama", "dport 11434"), is("port", 11_434)),
  not(is("value", "0.0.0.0:11434", "elsewhere")),
  is("status", 200),
);

test("where Ollama's own port is used nothing changes", () => {
  expect(withServerPorts(WHERE, [11_434])).toBe(WHERE);
});

test("another port is asked for as a number, and in words beside the default", () => {
  expect(withServerPorts(WHERE, [8080])).toEqual(
    all(
      any(contains("name", "ollama", "dport 11434", "dport 8080"), is("port", 8080)),
      not(is("value", "0.0.0.0:11434", "0.0.0.0:8080", "elsewhere")),
      is("status", 200),
    ),
  );
});

test("several ports, the default among them", () => {
  expect(withServerPorts(is("port", 11_434), new Set([11_434, 8000]))).toEqual(is("port", 11_434, 8000));
  expect(withServerPorts(contains("name", ":11434"), [11_434, 8000])).toEqual(contains("name", ":11434", ":8000"));
});
