# Stands in for the official image of a service: Debian's package, run as the official image runs it.
FROM evercall-stand-in/debian:bookworm
ARG PACKAGE
# Debian's Postgres makes a cluster when it is installed unless it is told not to.
RUN mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf \
  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PACKAGE \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
  && ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/ \
  && mkdir -p /data /usr/local/etc/haproxy /var/lib/postgresql/data \
  && { ! id redis || chown redis /data; } && { ! id postgres || { chown -R postgres /var/lib/postgresql && chmod 3777 /var/run/postgresql; }; }
COPY service-entrypoint /usr/local/bin/
WORKDIR /data
ENTRYPOINT ["service-entrypoint"]
