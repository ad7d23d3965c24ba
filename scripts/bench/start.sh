#!/bin/sh
sed -i "s/^pm.max_children = .*/pm.max_children = ${MAX_CHILDREN:-5}/" /etc/php/8.4/fpm/pool.d/www.conf
php-fpm8.4 --daemonize
exec nginx -g 'daemon off;'
