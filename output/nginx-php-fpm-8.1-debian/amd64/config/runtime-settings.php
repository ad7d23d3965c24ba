<?php
// What the start depends on: settings that the environment gives, and addresses
return [
    'settings' => [
        [
            'name' => 'NGINX_CLIENT_MAX_BODY_SIZE',
            'kind' => 'size',
            'default' => '10M',
            'php' => null,
            'nginx' => 'client_max_body_size',
        ],
        [
            'name' => 'PHP_DATE_TIMEZONE',
            'kind' => 'timezone',
            'default' => 'UTC',
            'php' => 'date.timezone',
            'nginx' => null,
        ],
        [
            'name' => 'PHP_FPM_MAX_CHILDREN',
            'kind' => 'workers',
            'default' => 'auto',
            'php' => null,
            'nginx' => null,
        ],
        [
            'name' => 'PHP_MAX_EXECUTION_TIME',
            'kind' => 'seconds',
            'default' => '30',
            'php' => 'max_execution_time',
            'nginx' => null,
        ],
        [
            'name' => 'PHP_MEMORY_LIMIT',
            'kind' => 'size',
            'default' => '128M',
            'php' => 'memory_limit',
            'nginx' => null,
        ],
        [
            'name' => 'PHP_OPCACHE_VALIDATE_TIMESTAMPS',
            'kind' => 'switch',
            'default' => '0',
            'php' => 'opcache.validate_timestamps',
            'nginx' => null,
        ],
        [
            'name' => 'PHP_POST_MAX_SIZE',
            'kind' => 'size',
            'default' => '10M',
            'php' => 'post_max_size',
            'nginx' => null,
        ],
        [
            'name' => 'PHP_UPLOAD_MAX_FILESIZE',
            'kind' => 'size',
            'default' => '8M',
            'php' => 'upload_max_filesize',
            'nginx' => null,
        ],
    ],
    'limits' => [
        'requestTimeout' => 60,
        'reserve' => 67108864,
    ],
    'pool' => [
        'processManager' => 'dynamic',
        'maxChildren' => 10,
        'startServers' => 2,
        'minSpareServers' => 1,
        'maxSpareServers' => 4,
    ],
    'ipv6' => [
        '/run/nginx-ipv6/8080-default_server' => 'listen [::]:8080 default_server;',
    ],
];
