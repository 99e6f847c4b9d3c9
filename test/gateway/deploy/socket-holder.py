# What systemd does for a socket unit: holds a listening socket and starts services on it as descriptor 3.
# Says its port; for each line on standard input starts the command of the arguments and says its process id; says when it ended.
import os, socket, subprocess, sys, threading

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(4096)
print("port", listener.getsockname()[1], flush=True)
START = 'export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@"'
if listener.fileno() != 3:
    os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)

for _ in sys.stdin:
    child = subprocess.Popen(["sh", "-c", START, "sh", *sys.argv[1:]], pass_fds=[3], stdin=subprocess.DEVNULL)
    print("pid", child.pid, flush=True)
    threading.Thread(target=lambda one=child: print("ended", one.pid, one.wait(), flush=True)).start()
