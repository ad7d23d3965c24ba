import { own } from '../catalog';
import type { Html } from './html';
import { count, html } from './html';
import type { PageContent } from './page';
import type { IndexedRule } from './rule-index';

/** Packs whose names are not their titles. */
const TITLES: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  image: 'Image',
  php: 'PHP',
  runtime: 'Runtime',
  supervisor: 'Supervisor',
  'supply-chain': 'Supply chain',
};

/** Every rule once, by pack, with why and from where; the view of an image takes its rules from here. */
export function renderRules({ rules }: PageContent): Html {
  const packs = [...new Set(rules.map(({ pack }) => pack))];
  return html`<section id="rules" aria-labelledby="rules-title">
    <h2 id="rules-title">Rules</h2>
    <p>
      An <em>invariant</em> is widened by nothing. A <em>bounded</em> rule can be moved, within what it states, by a
      grant that has a reason. A rule of level <em>warning</em> stands in this report; any other that is broken ends the
      synthesis.
    </p>
    ${packs.map((pack) => {
      const items = rules.map((item, place) => ({ item, place })).filter(({ item }) => item.pack === pack);
      return html`<details class="pack">
        <summary>
          <h3>${own(TITLES, pack) ?? pack}</h3>
          <span>${count(items.length, 'rule')}</span>
        </summary>
        <ul>
          ${items.map(({ item, place }) => renderRule(item, place))}
        </ul>
      </details> `;
    })}
  </section>`;
}

function renderRule({ key, rule }: IndexedRule, place: number): Html {
  const { severity, kind, statement, why, next, fix, sources, level = 'error' } = rule;
  return html`<li class="rule" data-rule="${place}">
    <details>
      <summary>
        <span class="statement">${statement}</span> <code>${key}</code>
        <span class="mark severity-${severity.toLowerCase()}">${severity.toLowerCase()}</span>
      </summary>
      <dl>
        <dt>Why</dt>
        <dd>${why}</dd>
        <dt>What to do</dt>
        <dd>${next}</dd>
        ${
          fix === undefined
            ? undefined
            : html`<dt>Done for you</dt>
                <dd>${fix}</dd> `
        }
        <dt>Kind</dt>
        <dd>${kind}, ${level}</dd>
        <dt>Sources</dt>
        <dd>
          <ul class="sources">
            ${sources.map((source) => html`<li>${source}</li>`)}
          </ul>
        </dd>
      </dl>
    </details>
  </li> `;
}
