# One image for every role: PORTAL_ROLES says what a container of it does.
# Debian's slim Node, as the project is built and tested: glibc for what npm brings compiled, and a shell for `exec`.
# `npm run test:image` takes the same steps in plain folders.
FROM node:24.21.0-trixie-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY libs/contract/package.json libs/contract/
COPY libs/documents/package.json libs/documents/
COPY libs/domain/package.json libs/domain/
COPY libs/event-store/package.json libs/event-store/
COPY services/identity/package.json services/identity/
COPY services/portal-api/package.json services/portal-api/

# What runs needs; not the maps and types, which only people read.
FROM manifests AS modules
RUN npm ci --omit=dev --omit=optional --workspace services/portal-api --ignore-scripts --loglevel=error
RUN find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

# Compiled as everywhere else; what only tests need stays behind.
FROM manifests AS build
COPY . .
RUN npm ci --include=dev --omit=optional --ignore-scripts --loglevel=error
RUN node_modules/.bin/tsc -b services/portal-api
RUN mkdir -p /out && find libs/*/dist services/*/dist -name '*.js' ! -name '*.spec.js' ! -name '*.cases.js' ! -name testing.js ! -path '*/testing/*' \
      ! -path '*/bridge/*' ! -path '*/contract-suite/*' -exec cp --parents -t /out {} +

FROM node:24.21.0-trixie-slim
ENV NODE_ENV=production PORTAL_HOST=0.0.0.0 PORTAL_PORT=8080 PORTAL_DATA=/data XDG_STATE_HOME=/tmp/state
WORKDIR /app
COPY --from=modules /app/ ./
COPY --from=build /out/ ./
COPY deploy/healthy.mjs deploy/backup.mjs deploy/verify.mjs deploy/
# A new volume that is mounted there belongs to whom its folder in the image belongs.
RUN install -d -o node -g node -m 0700 /data /files
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 CMD ["node", "deploy/healthy.mjs"]
# The flags are those of services/portal-api/node-flags.json.
CMD ["node", "--max-semi-space-size=64", "services/portal-api/dist/main.js"]
