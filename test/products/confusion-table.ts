/** One look at an example. */
export interface LookedAt {
  readonly id: string;
  /** 0 = a port that hints at nothing. */
  readonly port: number;
  readonly told: string | null;
  readonly requests: number;
}

/** Products by what they were told as, and what that cost: a row for each product that stood there. */
export function confusionTable(looks: readonly LookedAt[]): string {
  const ids = [...new Set(looks.map(({ id }) => id))];
  const lines = ids.map((id) => {
    const own = looks.filter((look) => look.id === id);
    const others = own.filter(({ told }) => told !== null && told !== id).map(({ told }) => told ?? "");
    const [home, away] = [own.filter(({ port }) => port !== 0), own.filter(({ port }) => port === 0)];
    return `| ${id} | ${share(home, id)} | ${share(away, id)} | ${others.length === 0 ? "" : others.join(", ")} | ${requests(own)} |`;
  });
  const wrong = looks.filter(({ id, told }) => told !== null && told !== id).length;
  return [
    `${ids.length} × ${ids.length} products, ${looks.length} looks, ${wrong} taken for another.`,
    "",
    "| product | told at its own port | told at any port | taken for another | requests |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

function share(looks: readonly LookedAt[], id: string): string {
  return looks.length === 0 ? "" : `${looks.filter(({ told }) => told === id).length} of ${looks.length}`;
}

function requests(looks: readonly LookedAt[]): string {
  const counts = looks.map((look) => look.requests).toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [counts[0], counts.at(-1)];
  return least === most ? String(least) : `${least} to ${most}`;
}
