// Signs as Ollama's client does (auth/auth.go Sign, api/client.go do): with golang.org/x/crypto/ssh, over METHOD,path?ts=seconds.
// Prints the authorized_keys form of its key; then for every line of standard input (what to sign) the Authorization header.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"

	"golang.org/x/crypto/ssh"
)

func main() {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		panic(err)
	}
	public := bytes.TrimSpace(ssh.MarshalAuthorizedKey(signer.PublicKey()))
	fmt.Println(string(public))
	parts := bytes.Split(public, []byte(" "))
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		signed, err := signer.Sign(rand.Reader, lines.Bytes())
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s:%s\n", bytes.TrimSpace(parts[1]), base64.StdEncoding.EncodeToString(signed.Blob))
	}
}
