/** Tells how clients come to trust a gateway's own authority. */
export function trustWords(authorityFile: string, fingerprint: string): string[] {
  return [
    "This certificate is vouched for by an authority that the gateway made itself; clients do not know it yet.",
    `Copy ${authorityFile} to each client (it is no secret; ca-key.pem beside it is) and compare its SHA-256 there:`,
    `  ${fingerprint}`,
    "  Ollama, Go programs:  SSL_CERT_FILE=ca.pem",
    "  Node:                 NODE_EXTRA_CA_CERTS=ca.pem",
    "  Python:               SSL_CERT_FILE=ca.pem (httpx), REQUESTS_CA_BUNDLE=ca.pem (requests)",
    "  curl:                 curl --cacert ca.pem …",
    "  Debian and its kin:   copy it to /usr/local/share/ca-certificates/corral.crt, then update-ca-certificates",
    "  macOS:                security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ca.pem",
    "  Windows:              certutil -user -addstore Root ca.pem",
    "The authority can vouch for this gateway's names and for local names and addresses only, whoever has its key.",
  ];
}
