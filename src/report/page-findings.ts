import type { Html } from './html';
import { count, html, relativeUrl } from './html';
import type { ImageReport } from './image-report';
import type { PageContent } from './page';

/** Grants that are listed; all of them stand in compliance.json. */
const GRANTS = 200;

/** The rules that found something, and in how many images. */
export function renderFindings({ rules, images }: PageContent): Html {
  const numbers = new Map<number, number>();
  for (const { warnings, violations } of images) {
    for (const rule of new Set([...violations, ...warnings].map((finding) => finding.rule))) {
      numbers.set(rule, (numbers.get(rule) ?? 0) + 1);
    }
  }
  const found = [...numbers].sort(([a], [b]) => a - b);
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${
      found.length === 0
        ? html`<p class="note good">Every image keeps every rule.</p>`
        : html`<ul class="found">
            ${found.map(([rule, number]) => {
              const { key, rule: text } = rules[rule]!;
              return html`<li>
                <code>${key}</code> <span>${text.statement}</span>
                <a class="more" data-find="${key}" href="#matrix">${count(number, 'image')}</a>
              </li> `;
            })}
          </ul>`
    }
  </section>`;
}

/** Bounds that were moved, and why. */
export function renderGrants({ images }: PageContent): Html {
  const all = images.flatMap((report) => report.grants.map((grant) => ({ report, grant })));
  if (all.length === 0) {
    return html``;
  }
  return html`<section id="grants" aria-labelledby="grants-title">
    <h2 id="grants-title">Grants</h2>
    <ul class="granted">
      ${all.slice(0, GRANTS).map(({ report, grant }) => renderGrant(report, grant.subject, grant.reason))}
    </ul>
    ${all.length > GRANTS ? html`<p class="note">${all.length - GRANTS} more stand in <a href="compliance.json">compliance.json</a>.</p>` : undefined}
  </section>`;
}

function renderGrant({ name }: ImageReport, subject: string, reason: string): Html {
  return html`<li>
    <code>${subject}</code> <q>${reason}</q> <a data-open="${name}" href="${relativeUrl(name, 'README.md')}">${name}</a>
  </li> `;
}
