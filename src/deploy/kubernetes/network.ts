import type { RunDescription } from '../run-description';
import { metadata, selector } from './metadata';

/** Label that Kubernetes gives to every namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Ports of a Service where its container's are those of a web server. */
const WELL_KNOWN: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** How other pods reach the image. */
export function service(run: RunDescription): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(run),
    spec: {
      type: 'ClusterIP',
      selector: selector(run),
      ports: run.ports.map(({ name, container }) => ({
        name,
        port: WELL_KNOWN[name] ?? container,
        targetPort: name,
      })),
    },
  };
}

/**
 * Who may talk to the image: pods of the cluster, on its ports alone. And whom it may talk to: the cluster's DNS, and
 * pods of its own namespace, such as a database. Policies add up: one more allows more.
 */
export function networkPolicy(run: RunDescription): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(run),
    spec: {
      podSelector: { matchLabels: selector(run) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ namespaceSelector: {} }],
          ports: run.ports.map(({ name }) => ({ protocol: 'TCP', port: name })),
        },
      ],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })),
        },
        { to: [{ podSelector: {} }] },
      ],
    },
  };
}
