import { build } from 'vite';
import { pageConfig, pages } from './vite.config.mts';

/** Builds every page into `static/dist/<resource key of manifest.yml>`. Ends with an error when one of them cannot be built. */
await Promise.all(pages.map((page) => build(pageConfig(page))));
