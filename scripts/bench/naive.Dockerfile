# What a person writes who installs nginx and PHP-FPM and leaves the distribution's defaults as they are.
FROM base
ARG EXTENSIONS=""
RUN apt-get update \
  && apt-get install -y nginx-light php8.4-fpm s6 execline $EXTENSIONS \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
COPY site.conf /etc/nginx/sites-enabled/default
COPY --chmod=0755 start.sh /start.sh
RUN ln -sf /dev/stdout /var/log/nginx/access.log && mkdir -p /run/php
ENTRYPOINT ["/start.sh"]
