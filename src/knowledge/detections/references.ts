/** Pages that detections point to. */
export const REFERENCES = {
  /** How OLLAMA_HOST and OLLAMA_ORIGINS are set. */
  ollamaFaq: "https://docs.ollama.com/faq.md",
  /** Its maker's answer to the wish for a key. */
  noKey: "https://github.com/ollama/ollama/issues/1053",
  /** The count of 175,000 exposed servers as its users took it. */
  exposed: "https://github.com/ollama/ollama/issues/14003",
  /** Events 5154 to 5159. */
  windowsFiltering: "https://learn.microsoft.com/en-us/windows/win32/fwp/auditing-and-logging",
  /** CVE-2026-7482 as those tell it who found it. */
  bleedingLlama: "https://www.cyera.com/research/bleeding-llama-critical-unauthenticated-memory-leak-in-ollama",
  cve7482: "https://www.sentinelone.com/vulnerability-database/cve-2026-7482/",
  /** What gin believes of headers, and why that is not safe. */
  trustedProxies: "https://gin-gonic.com/en/docs/server-config/trusted-proxies",
  /** Why published ports pass by ufw. */
  ufwDocker: "https://github.com/chaifeng/ufw-docker",
  /** What a cloud's metadata address is, and how it is closed. */
  instanceMetadata: "https://docs.amazonaws.cn/en_us/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.md",
  /** Folders and logs on Windows. */
  ollamaWindows: "https://docs.ollama.com/windows.md",
  /** How callers from outside spend the owner's cloud account. */
  cloudQuota: "https://nuclide-research.com/methodology/insight-49-ollama-cloud-signin-public-exposure/",
} as const;
