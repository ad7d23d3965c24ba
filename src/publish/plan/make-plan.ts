import type { WantedImage } from '../wanted';
import { architectureSteps } from './architecture-steps';
import { chooseSource, reachable, type Source } from './choose-source';
import { keyOf, type Facts, type FoundArchitecture } from './facts';
import { listSteps } from './list-steps';
import type { PlanOptions } from './options';
import type { Plan } from './plan';
import type { Step } from './step';

/** What is planned for one image. */
interface ImagePlan {
  readonly found: ReadonlyMap<string, FoundArchitecture>;
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/** The steps that make the registries hold what the manifest describes. A pure function: facts in, steps out. */
export function makePlan(wanted: readonly WantedImage[], facts: Facts, options: PlanOptions): Plan {
  const images = wanted.map((image) => [image.name, planImage(image, facts, options)] as const);
  const destinations = new Map(wanted.flatMap((image) => image.destinations.map((item) => [item.id, item] as const)));
  return {
    version: 1,
    environment: options.environment,
    gates: options.gates,
    destinations: [...destinations.values()],
    found: Object.fromEntries(
      images.flatMap(([name, { found }]) => [...found].map(([arch, item]) => [keyOf(name, arch), item])),
    ),
    steps: images.flatMap(([, { steps }]) => steps),
    unreachable: options.push
      ? [...destinations.keys()].flatMap((destination) => {
          const repository = facts.repositories[destination];
          return repository && 'problem' in repository ? [{ destination, problem: repository.problem }] : [];
        })
      : [],
    notes: images.flatMap(([, { notes }]) => notes),
  };
}

function planImage(image: WantedImage, facts: Facts, options: PlanOptions): ImagePlan {
  // Without a registry that answers, minutes of building would be for nothing.
  if (options.push && !image.destinations.some(({ id }) => reachable(facts, id))) {
    return { found: new Map(), steps: [], notes: [`${image.name}: none of its registries answers`] };
  }
  const removes = options.lists === 'remove';
  const sources = new Map<string, Source>(
    removes ? [] : image.architectures.map((item) => [item.architecture, chooseSource(image, item, facts, options)]),
  );
  const found = new Map([...sources].flatMap(([name, source]) => ('found' in source ? [[name, source.found]] : [])));
  const selected = image.architectures.filter((item) => item.selected);
  const meant = options.lists === 'join' ? image.architectures : selected;
  const missing = meant.flatMap(({ architecture }) => {
    const source = sources.get(architecture);
    return source && 'missing' in source ? [`${architecture}: ${source.missing}`] : [];
  });
  const joins = options.push && options.lists !== 'none' && missing.length === 0;
  // What is not selected is only touched to be joined.
  const touched = joins && options.lists === 'join' ? image.architectures : selected;
  const steps = touched.flatMap((item) => {
    const source = sources.get(item.architecture);
    return source && !('missing' in source) ? architectureSteps(image, item, source, facts, options) : [];
  });
  const parts = { architectures: meant.map(({ architecture }) => architecture), found, before: steps };
  return {
    found,
    steps: [...steps, ...(joins ? listSteps(image, parts, facts, options) : [])],
    notes:
      options.push && options.lists !== 'none' && missing.length > 0
        ? [`${image.name}: its tags are not moved, since an architecture is missing (${missing.join('; ')})`]
        : [],
  };
}
