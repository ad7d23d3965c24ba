import type { Service } from './service';
import { DockerfileGeneratorError, type Problem } from '../../errors';

/**
 * Services in an order in which each comes after those that it depends on; by name where that leaves a choice.
 *
 * Throws VALIDATION_ERROR for a name that stands twice, a dependency that nobody brings, and a circle.
 */
export function startOrder(services: readonly Service[]): Service[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const problems = [...findDuplicates(services), ...findMissing(services, byName)];
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
  const ordered: Service[] = [];
  const done = new Set<string>();
  const names = [...byName.keys()].sort();
  while (ordered.length < services.length) {
    const next = names.find((name) => !done.has(name) && byName.get(name)!.dependsOn.every((other) => done.has(other)));
    if (next === undefined) {
      throw circle(names.filter((name) => !done.has(name)));
    }
    done.add(next);
    ordered.push(byName.get(next)!);
  }
  return ordered;
}

function findDuplicates(services: readonly Service[]): Problem[] {
  const names = services.map((service) => service.name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    where: `service ${name}`,
    what: `two services are named ${name}`,
    next: 'give one of them another name',
  }));
}

function findMissing(services: readonly Service[], byName: ReadonlyMap<string, Service>): Problem[] {
  return services.flatMap((service) =>
    service.dependsOn.flatMap((name) => {
      const other = byName.get(name);
      if (!other) {
        const known = [...byName.keys()].sort().join(', ');
        return [problem(service, `depends on ${name}, which nobody brings`, `name one of: ${known}`)];
      }
      if (service.kind === 'oneshot' && other.kind === 'longrun') {
        return [
          problem(service, `runs before every service and cannot wait for ${name}`, `take ${name} out of dependsOn`),
        ];
      }
      return [];
    }),
  );
}

function problem(service: Service, what: string, next: string): Problem {
  return { where: `service ${service.name}`, what, next };
}

function circle(names: readonly string[]): DockerfileGeneratorError {
  return new DockerfileGeneratorError('VALIDATION_ERROR', [
    {
      where: `services ${names.join(', ')}`,
      what: 'these services wait for each other',
      next: 'take one of them out of the dependsOn of another',
    },
  ]);
}
