# docker build --tag lantime-exporter .
# The commands are those of a normal installation (docs/installation.md); configuration and secrets are mounted.
# For a reproducible image, give the base by digest:
# --build-arg PYTHON_IMAGE=python:3.13-slim-bookworm@sha256:...
ARG PYTHON_IMAGE=python:3.13-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY exporter exporter
COPY alerts alerts
COPY dashboards dashboards
RUN python3 -m venv /opt/lantime-exporter && \
    /opt/lantime-exporter/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt '.[bcrypt,fast]'

FROM ${PYTHON_IMAGE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="lantime-exporter" \
      org.opencontainers.image.description="Prometheus exporter for Meinberg LANTIME time servers" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/lantime-exporter /opt/lantime-exporter
USER 65532:65532
EXPOSE 10124
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
    CMD ["/opt/lantime-exporter/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:10124/-/healthy', timeout=3)"]
ENTRYPOINT ["/opt/lantime-exporter/bin/lantime-exporter"]
