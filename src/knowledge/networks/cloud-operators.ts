import { HOLDS_MOST, operator } from "./operator-row.ts";
import type { OperatorRow } from "./operator-row.ts";

/** Platforms of the largest operators of data centres, and content delivery networks. */
export const CLOUD_OPERATORS: readonly OperatorRow[] = [
  operator("cloud", "Amazon Web Services", [16509, 14618], "amazon", HOLDS_MOST),
  operator("cloud", "Amazon Web Services (others)", [8987, 7224, 62785], "amazon"),
  operator("cloud", "Microsoft Azure", [8075], "microsoft", HOLDS_MOST),
  operator("cloud", "Microsoft (others)", [8068, 8069, 12076, 3598], "microsoft"),
  operator("cloud", "Google and Google Cloud", [15169, 396982, 19527, 36492, 16550, 36384, 43515], "google"),
  operator("cloud", "Alibaba Cloud", [37963], "alibaba", HOLDS_MOST),
  operator("cloud", "Alibaba Cloud (others)", [45102, 134963], "alibaba"),
  operator("cloud", "Tencent Cloud", [45090], "tencent", HOLDS_MOST),
  operator("cloud", "Tencent Cloud (others)", [132203, 133478], "tencent"),
  operator("cloud", "Huawei Cloud", [55990, 136907, 63727, 131444], "huawei"),
  operator("cloud", "Oracle Cloud", [31898], "oracle"),
  operator("cloud", "IBM Cloud", [36351], "ibm"),
  operator("cloud", "Baidu Cloud", [38365, 55967], "baidu"),
  operator("cloud", "Volcano Engine", [137718], "volcano"),
  operator("cloud", "BytePlus", [150436], "byteplus"),
  operator("cdn", "Cloudflare", [13335], "cloudflare", HOLDS_MOST),
  operator("cdn", "Cloudflare (others)", [209242], "cloudflare"),
  operator("cdn", "Fastly", [54113], "fastly"),
  operator("cdn", "Akamai", [20940, 16625], "akamai"),
  operator("cdn", "Edgio (Limelight)", [22822], "limelight"),
  operator("cdn", "Edgio (Edgecast)", [15133], "edgecast"),
  operator("cdn", "CDN77 (DataCamp)", [60068], "datacamp"),
  operator("cdn", "Gcore", [199524], "g-core"),
  operator("cdn", "Imperva", [19551], "incapsula"),
  operator("cdn", "Sucuri", [30148], "sucuri"),
];
