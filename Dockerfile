# syntax=docker/dockerfile:1

# Build on the machine's own platform, for whatever platform is asked.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src

# The modules change less often than the code: a layer of their own.
COPY go.mod go.sum ./
RUN go mod download

COPY . .
ARG VERSION=dev
ARG TARGETOS
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /out/diapason ./cmd/diapason \
 && mkdir /out/data

# Static: no shell and no package manager, but certificates (MongoDB over TLS),
# time zones (the day is the day in France) and a /tmp (large workbooks wait
# there). 65532 is its user "nonroot".
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/diapason /diapason
# The volume takes the owner of the folder it is mounted on.
COPY --from=build --chown=65532:65532 /out/data /data

ENV DIAPASON_LISTEN=0.0.0.0:8080 \
    DIAPASON_STORE=bolt:/data/diapason.db
VOLUME /data
EXPOSE 8080
USER 65532:65532
ENTRYPOINT ["/diapason"]
CMD ["serve"]
