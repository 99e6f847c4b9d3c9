import { PLACE_ORDER } from "./rollup-sql.ts";

const IS_TOLD = "asn IS NOT NULL OR organisation IS NOT NULL";

/** Whereto an address belonged when last somebody said: `host_place`, one row an address, each of its fields by itself. */
export const HOST_PLACE = `SELECT address, ${["country", "region", "city", "asn", "organisation"]
  .map((name) => `max_by(${name}, ${PLACE_ORDER}) AS ${name}`)
  .join(", ")} FROM rollup.pick GROUP BY address`;

/**
 * What was last said of the network of each address: `network_place`, one row an address, nulls where nobody said anything. Number and name are
 * of one record: two half-truths of different days make no network.
 */
export const NETWORK_PLACE = `SELECT address, place.asn AS asn, place.organisation AS organisation, labels, place.place_source AS place_source
  FROM (SELECT address, max_by(struct_pack(asn, organisation, place_source), ${PLACE_ORDER}) FILTER (${IS_TOLD}) AS place,
      max_by(labels, ${PLACE_ORDER}) AS labels FROM rollup.pick GROUP BY address)`;

/** Judged networks, by what was said of them; filled when a query names the view `network`. */
export const JUDGED_NETWORK = `CREATE TABLE judged.network (asn BIGINT, organisation VARCHAR, labels VARCHAR,
  network_type VARCHAR, tier VARCHAR, network_rule VARCHAR)`;

/** Every distinct input of the judgement of networks. */
export const NETWORK_INPUTS = `SELECT DISTINCT asn::DOUBLE AS asn, organisation, labels FROM network_place`;

/** The view `network`, one row an address. A check that needs the tier of an address joins the same way. */
export const NETWORK_VIEW = `SELECT p.address, p.asn, p.organisation, p.labels, p.place_source, j.network_type, j.tier, j.network_rule
  FROM network_place AS p LEFT JOIN judged.network AS j ON p.asn IS NOT DISTINCT FROM j.asn
    AND p.organisation IS NOT DISTINCT FROM j.organisation AND p.labels IS NOT DISTINCT FROM j.labels`;
