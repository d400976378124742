#!/bin/sh
# Makes deploy/secrets: passwords that nobody has seen, and an authority for the connections inside. Run it once; what is
# there stays. Usage: deploy/make-secrets.sh DOMAIN SMTP-URL
set -eu
umask 077
[ $# -eq 2 ] || { echo "usage: $0 DOMAIN SMTP-URL   (smtps://user:password@host)" >&2; exit 2; }
domain=$1 smtp=$2
folder=$(dirname "$0")/secrets
[ ! -e "$folder" ] || { echo "$folder is there already: nothing was changed" >&2; exit 1; }
draft=$folder.$$
trap 'rm -rf "$draft"' EXIT
mkdir "$draft"
cd "$draft"

secret() { openssl rand -hex 32; }
printf '%s' "$(secret)" > eventstore-admin-password
printf '%s' "$(secret)" > eventstore-ops-password
printf '%s' "$(secret)" > redis-password
printf '%s' "$smtp" > smtp-url
printf 'esdb://admin:%s@eventstoredb:2113?tls=true&tlsCAFile=/run/secrets/eventstore-ca' "$(cat eventstore-admin-password)" > eventstore-url
printf 'redis://:%s@redis:6379' "$(cat redis-password)" > redis-url

# certificate NAME COMMON-NAME ALTERNATIVE-NAMES
certificate() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -subj "/CN=$2" -out "$1.csr" 2> /dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\nkeyUsage=digitalSignature,keyEncipherment\n' "$3" > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -sha256 -extfile "$1.ext" -out "$1.crt" 2> /dev/null
  rm "$1.csr" "$1.ext"
}
openssl req -x509 -newkey rsa:4096 -nodes -days 3650 -sha256 -subj "/CN=Appointee Portal authority" -keyout ca.key -out ca.crt 2> /dev/null
certificate eventstore eventstoredb-node 'DNS:eventstoredb,DNS:localhost,IP:127.0.0.1'
# Until the board's own certificate is put in its place.
certificate tls "$domain" "DNS:$domain"
rm -f ca.srl

# A container is given single files, whose own mode then counts there; on this machine the folder keeps everybody else out.
chmod 0444 -- *
chmod 0400 ca.key
cd - > /dev/null
mv "$draft" "$folder"
trap - EXIT
echo "made $folder; keep ca.key elsewhere, and copy the folder to a safe place"
