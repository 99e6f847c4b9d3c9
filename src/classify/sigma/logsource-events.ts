import { SIGMA_CATEGORIES, SIGMA_PRODUCTS, SIGMA_SERVICES } from "../../knowledge/sigma/logsources.ts";
import type { SigmaEvents } from "../../knowledge/sigma/logsources.ts";
import type { SigmaLogsource } from "../../model/sigma.ts";

/** The events that a log source stands for; `null` = none that Corral reads. */
export function eventsOf({ category, product, service }: SigmaLogsource): SigmaEvents | null {
  const rows: (SigmaEvents | null)[] = [];
  if (category !== null) rows.push(rowOf(SIGMA_CATEGORIES, category));
  if (service !== null) rows.push(rowOf(SIGMA_SERVICES, `${product ?? ""}/${service}`));
  else if (product !== null) rows.push(rowOf(SIGMA_PRODUCTS, product));
  let found: SigmaEvents | null = null;
  for (const row of rows) {
    if (row === null) return null;
    found = found === null ? row : both(found, row);
  }
  return found === null || found.classes.length === 0 ? null : found;
}

function both(one: SigmaEvents, other: SigmaEvents): SigmaEvents {
  const { products } = other;
  const actions = one.actions ?? other.actions;
  return {
    classes: one.classes.filter((each) => other.classes.includes(each)),
    products: one.products === null ? products : one.products.filter((each) => products?.includes(each) ?? true),
    ...(actions === undefined ? {} : { actions }),
  };
}

function rowOf(table: Readonly<Record<string, SigmaEvents>>, key: string): SigmaEvents | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

/** `windows/process_creation/sysmon`, for people. */
export function logsourceWords({ category, product, service }: SigmaLogsource): string {
  const told = Object.entries({ category, product, service }).filter(([, value]) => value !== null);
  return told.map(([key, value]) => `${key} ${value ?? ""}`).join(", ");
}
