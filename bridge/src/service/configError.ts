/** The environment says something that the bridge cannot work with. The message names each variable. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `The bridge cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\ndocs/configuration.md explains each variable.`,
    );
    this.name = 'ConfigError';
  }
}
