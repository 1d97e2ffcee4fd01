import { build } from 'vite';
import { pageConfig, pages } from './vite.config.mts';

// Whoever starts this, a test run included, wants what ships: no development build of React, no paths of this machine in it.
process.env['NODE_ENV'] = 'production';

/** Builds every page into `static/dist/<resource key of manifest.yml>`. Ends with an error when one of them cannot be built. */
await Promise.all(pages.map((page) => build(pageConfig(page))));
