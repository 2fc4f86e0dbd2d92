#!/usr/bin/env bash
# certificates.sh HOST: an authority of your own (authority.pem, authority.key) and a broker's key with its certificate (broker.pem), for trying TLS.
set -euo pipefail
host=${1:?the name or address by which clients reach the broker}
case $host in *[!0-9.]*) name="DNS:$host" ;; *) name="IP:$host" ;; esac
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=copydesk test authority" -keyout authority.key -out authority.pem
openssl req -newkey rsa:2048 -nodes -subj "/CN=$host" -keyout broker.key -out broker.csr
openssl x509 -req -in broker.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 30 -extfile <(echo "subjectAltName=$name") -out broker.crt
openssl pkcs8 -topk8 -nocrypt -in broker.key -out broker.pem
cat broker.crt authority.pem >> broker.pem
