/* `ollama serve` as far as its children go: it starts those that the real one of 0.30 and later starts, and ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void start(char *const argv[]) {
  pid_t pid = fork();
  if (pid == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  waitpid(pid, NULL, 0);
}

int main(int argc, char **argv) {
  if (argc < 4 || strcmp(argv[1], "serve") != 0) return 0;
  char runner[4096];
  char port[16];
  snprintf(runner, sizeof runner, "%s/llama-server", argv[2]);
  for (int n = 0; n < atoi(argv[3]); n++) {
    snprintf(port, sizeof port, "%d", 40000 + n % 1000);
    char *load[] = {runner, "--host", "127.0.0.1", "--port", port, "--offline", "--no-webui", NULL};
    char *list[] = {runner, "--list-devices", NULL};
    char *look[] = {argv[0], "gpu-discover", NULL};
    start(load);
    if (n % 10 == 0) start(list);
    if (n % 10 == 0) start(look);
  }
  return 0;
}
