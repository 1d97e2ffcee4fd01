/** Replaces `@atlaskit/platform-feature-flags`: outside Atlassian's own products every gate is off. */
export const fg = (_name: string): boolean => false;
export const getBooleanFF = fg;
export const setBooleanFeatureFlagResolver = (_resolver: unknown): void => undefined;
