// Tests run on what ships: tsc builds every spec next to its subject in dist/, and jest transforms nothing.
export default {
  testEnvironment: 'node',
  transform: {},
  testMatch: ['**/dist/**/*.spec.js'],
  testPathIgnorePatterns: ['/node_modules/'],
  // One for all, however busy the machine is: it ends what hangs. How soon a thing comes is for the benchmark.
  testTimeout: 300_000,
  modulePathIgnorePatterns: ['<rootDir>/data/', '<rootDir>/.cache/'],
};
