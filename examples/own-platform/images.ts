import { ImageConstruct, Rules, type ImageApp } from 'projen-nginx-php';
import { ACME_RULES, AcmeAgent, AcmePlatform } from './src';

/** A shop on Acme Linux, under the rules of Acme, with its agent. */
export default function images(app: ImageApp): void {
  Rules.of(app).add(ACME_RULES);
  const shop = new ImageConstruct(app, 'shop-acme', { platform: new AcmePlatform(), php: '8.4' });
  new AcmeAgent(shop, 'agent', { team: 'shop' });
}
