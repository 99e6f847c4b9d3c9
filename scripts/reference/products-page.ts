import { NEVER_SENT } from "../../src/knowledge/never-sent.ts";
import type { Product } from "../../src/knowledge/product.ts";
import { PRODUCTS } from "../../src/knowledge/products/index.ts";
import { READ_ONLY_ROUTES } from "../../src/knowledge/read-only-routes.ts";

/** The page of products: how each is told, what it is asked, and what is never sent. */
export function productsPage(): string {
  const products: readonly Product[] = PRODUCTS;
  return [
    "# Products",
    "",
    "Generated from `src/knowledge/products/`, `read-only-routes.ts` and `never-sent.ts` by `node scripts/reference.ts`; how a look goes about it: [products](../products.md).",
    "",
    "Ids stand in the columns `product` and `fingerprint` and never change meaning. The first product with a settling sign is it.",
    "",
    "| product | id | kind | ports | its own questions | settled by | hinted at by |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...products.map(
      (product) =>
        `| ${product.name} | \`${product.id}\` | ${product.kind} | ${product.ports.join(", ")} | ${paths(product)} | ${tells(product, true)} | ${tells(product, false)} |`,
    ),
    "",
    "## Questions",
    "",
    "| path | what it tells | at most | source |",
    "| --- | --- | --- | --- |",
    ...Object.values(READ_ONLY_ROUTES).map(
      ({ method, path, learns, maxBodyBytes, source }) =>
        `| \`${method} ${path}\` | ${learns} | ${maxBodyBytes / 1024} KiB | ${source} |`,
    ),
    "",
    "## Never sent",
    "",
    "| path | why | instead | source |",
    "| --- | --- | --- | --- |",
    ...NEVER_SENT.map(
      ({ path, why, instead, source }) =>
        `| \`${path.source.replaceAll("|", "\\|")}\` | ${why} | ${instead ?? ""} | ${source} |`,
    ),
    "",
  ].join("\n");
}

function paths({ routes }: Product): string {
  return routes.map((route) => `\`${READ_ONLY_ROUTES[route].path}\``).join(" ");
}

function tells({ tells: all }: Product, isCertain: boolean): string {
  return all
    .filter(({ certain }) => certain === isCertain)
    .map(({ id }) => `\`${id}\``)
    .join(" ");
}
