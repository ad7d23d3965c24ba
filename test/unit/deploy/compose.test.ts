import { shopFiles } from './support';

describe('compose.yaml', () => {
  it('sets every flag', () => {
    const { logging, sysctls, tmpfs, ulimits, volumes, ...rest } = shopFiles().service();
    expect(rest).toMatchInlineSnapshot(`
      {
        "cap_drop": [
          "ALL",
        ],
        "cpus": 1,
        "image": "\${IMAGE:-shop:amd64}",
        "mem_limit": "1424m",
        "pids_limit": 210,
        "ports": [
          "127.0.0.1:8080:8080",
        ],
        "read_only": true,
        "restart": "on-failure:5",
        "security_opt": [
          "no-new-privileges:true",
          "seccomp=./seccomp.json",
        ],
        "stop_grace_period": "63s",
        "user": "10001:10001",
      }
    `);
    expect(logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } });
    expect(tmpfs).toHaveLength(2);
    expect(volumes).toEqual(['data:/data', 'var-lib-php-sessions:/var/lib/php/sessions']);
    expect([sysctls, ulimits].every(Boolean)).toBe(true);
  });
});

describe('compose.dev.yaml', () => {
  it('has nothing to publish: no image, no build', () => {
    expect(Object.keys(shopFiles().service('compose.dev.yaml')).sort()).toEqual(['environment', 'restart', 'volumes']);
  });
});
