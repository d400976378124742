/** The nouns of the domain: the folders in which something is decided. */
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const domain = join(__dirname, '..', '..', 'libs', 'domain', 'src');

module.exports = { nouns: readdirSync(domain).filter((name) => existsSync(join(domain, name, 'decide.ts'))) };
