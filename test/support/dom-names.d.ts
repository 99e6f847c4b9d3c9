/** The types of a client under test name this of the browser's; Node's own is meant. */
type HeadersInit = NonNullable<ConstructorParameters<typeof Headers>[0]>;
