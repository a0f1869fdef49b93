const explanations = {
  missing: 'No key yet: paste an API key, the server answers nothing without one.',
  asking: 'Asking the server …',
  accepted: 'Key accepted.',
  refused: 'The server refused this key (401).',
  forbidden: 'This key lacks a scope.',
  failing: 'No usable answer.',
};

export function AccessBar({ access, standing, onChange }) {
  function submit(event) {
    event.preventDefault();
    onChange(Object.fromEntries(new FormData(event.currentTarget)));
  }

  return (
    <form className="graphiql-container access-bar" onSubmit={submit}>
      <h1>Tidemark</h1>
      <label>
        Key
        <input key={access.key} name="key" type="password" placeholder="tmk_…" autoComplete="off" defaultValue={access.key} />
      </label>
      <label>
        Project
        <input key={access.project} name="project" placeholder="the key’s own" autoComplete="off" defaultValue={access.project} />
      </label>
      <button className="graphiql-button">Connect</button>
      <output data-standing={standing.kind}>
        {explanations[standing.kind]} {standing.message}
      </output>
    </form>
  );
}
