// Tests run on what ships: tsc builds every spec next to its subject in dist/, and jest transforms nothing.
export default {
  testEnvironment: 'node',
  transform: {},
  testMatch: ['**/dist/**/*.spec.js'],
  testPathIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/data/', '<rootDir>/.cache/'],
};
