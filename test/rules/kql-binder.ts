import { createRequire } from "node:module";
import { KQL_SCHEMAS } from "./rows/kql-schemas.ts";

interface Diagnostics {
  readonly Count: number;
  getItem(at: number): { readonly Code: string; readonly Message: string };
}

/** The few names that are used of Microsoft's library; it is JavaScript made of C#, without modules. */
interface KustoLanguage {
  readonly Symbols: {
    readonly TableSymbol: { From(columns: string): { WithName(name: string): object } };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly object[]) => object };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
  readonly KustoCode: { ParseAndAnalyze(text: string, globals: object): { GetDiagnostics(): Diagnostics } };
}

/** What Microsoft's parser and binder says of KQL over the declared tables: nothing, if all is well. */
export function kqlBinder(): (text: string) => readonly string[] {
  const language = load();
  const tables = Object.entries(KQL_SCHEMAS).map(([name, columns]) => {
    const list = Object.entries(columns).map(([column, type]) => `${column}:${type}`);
    return language.Symbols.TableSymbol.From(`(${list.join(",")})`).WithName(name);
  });
  const globals = language.GlobalState.Default.WithDatabase(new language.Symbols.DatabaseSymbol.ctor("rules", tables));
  return (text) => {
    // A parser of Sentinel is a function there and a table here.
    const query = text.replaceAll(SENTINEL_PARSER, "$1");
    const found = language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, at) => {
      const { Code, Message } = found.getItem(at);
      return `${Code} ${Message}`;
    });
  };
}

const SENTINEL_PARSER = /\b(_Im_[A-Za-z]+)\(\)/gu;

function load(): KustoLanguage {
  const require = createRequire(import.meta.url);
  // They put their names into the global object, the second with what the first has put there.
  const parts: readonly unknown[] = [
    require("@kusto/language-service-next/bridge.min.js"),
    require("@kusto/language-service-next/Kusto.Language.Bridge.min.js"),
  ];
  if (parts.includes(undefined)) throw new Error("a part of the library is not there");
  return (globalThis as unknown as { readonly Kusto: { readonly Language: KustoLanguage } }).Kusto.Language;
}
