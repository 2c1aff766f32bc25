# The image holds the program, the certificates it trusts, and two folders it
# may write to. It has no shell, and the program is not root.
#
#   docker build --build-arg VERSION=$(git describe --tags --always) -t shirube .
#   docker run --rm -it shirube try
#   docker run --rm -p 8080:8080 -v shirube:/data -e SLACK_BOT_TOKEN -e SLACK_SIGNING_SECRET shirube

ARG GO_IMAGE=golang:1.26
FROM ${GO_IMAGE} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY bot bot
COPY cmd cmd
COPY flows flows
COPY locales locales
ARG VERSION=unknown
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/shirube ./cmd/shirube \
	&& mkdir -p /out/data /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/shirube /shirube
# What is to stay is kept in /data; /tmp is for a chat that is not.
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
WORKDIR /data
VOLUME /data
# The container is the boundary: inside it, all interfaces are listened on.
ENV LISTEN_ADDR=:8080
EXPOSE 8080
ENTRYPOINT ["/shirube"]
CMD ["serve"]
