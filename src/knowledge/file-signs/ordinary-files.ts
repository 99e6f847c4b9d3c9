import type { FileSample } from "../../model/file-sign.ts";
import { ascii, ggufSample, joined, textSample } from "./sample.ts";

/** A chat template as many models bear it (ChatML). */
export const CHATML =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/** Files that no sign may speak of; every sign has them among its look-alikes. */
export const ORDINARY_FILES: readonly FileSample[] = [
  { title: "an empty file", bytes: () => new Uint8Array() },
  { title: "four letters and the end", bytes: () => ascii("GGUF") },
  ggufSample("a model with an ordinary chat template", { pairs: [["tokenizer.chat_template", CHATML]] }),
  textSample(
    "an ordinary Modelfile",
    'FROM llama3.2\nPARAMETER temperature 0.7\nSYSTEM """You are a helpful assistant. Answer in short sentences."""\nTEMPLATE """{{ .System }} {{ .Prompt }}"""\n',
  ),
  textSample(
    "an ordinary manifest",
    `{"schemaVersion":2,"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:${"ab".repeat(32)}","size":1024}]}`,
  ),
  textSample(
    "an agent's settings that ask",
    '{"permissions":{"allow":["Bash(npm run test)"],"defaultMode":"default"},"mcpServers":{"files":{"command":"files-server","autoApprove":[]}}}',
  ),
  {
    title: "weights of a torch checkpoint",
    bytes: () =>
      joined([
        ascii("PK\u0003\u0004archive/data.pkl"),
        Uint8Array.of(0x80, 0x02, 0x63),
        ascii("torch._utils\n_rebuild_tensor_v2\nccollections\nOrderedDict\n"),
        Uint8Array.of(0x2e),
      ]),
  },
];
