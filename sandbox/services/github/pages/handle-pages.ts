import { lookOf } from '../../git-host/pages/look.ts';
import { createPages, visitOf } from '../../git-host/pages/site.ts';
import type { Site } from '../../git-host/pages/site.ts';
import type { GitHub } from '../context.ts';
import { newTokenRoutes } from './new-token-page.ts';
import { repositoryRoutes } from './repository-pages.ts';
import { tokenRoutes } from './token-pages.ts';

const SITE: Site = {
  look: lookOf({
    light: { ink: '#1f2328', paper: '#fff', link: '#0969da', go: '#1f883d' },
    dark: { ink: '#f0f6fc', paper: '#0d1117', link: '#4493f8', go: '#238636' },
  }),
  name: 'GitHub',
  note: 'not github.com',
  base: '',
  links: [
    ['', 'Repositories'],
    ['settings/tokens', 'Personal access tokens'],
  ],
};

const pages = createPages<GitHub>([...newTokenRoutes, ...tokenRoutes, ...repositoryRoutes]);

/** The pages of the web host. */
export const handlePages = (github: GitHub, request: Request): Promise<Response> =>
  pages(github, visitOf(SITE, request));
