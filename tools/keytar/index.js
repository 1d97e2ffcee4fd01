// Stands in for the native module `keytar` (an override in package.json): Forge's bundler and linters pull it in for
// the CLI's login, which nothing here uses, and it does not build on a machine without libsecret.
module.exports = {};
