/** Replaces `@atlaskit/react-compiler-gating`: off outside Atlassian's own products. */
export const isReactCompilerActivePlatform = (): boolean => false;
