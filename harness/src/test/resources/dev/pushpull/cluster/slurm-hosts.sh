#!/bin/bash
# A Slurm cluster in this machine: a network namespace for each host, and one for the controller and those who submit.
#   slurm-hosts.sh up DIR HOSTS    prints the namespace of the controller when all hosts are idle
#   slurm-hosts.sh down DIR        ends what was started and takes the namespaces away
# Exit code 77 when this machine cannot have it, with a line that says why.
set -u
dir=$2

cannot() {
    echo "$1" >&2
    exit 77
}

down() {
    [ -d "$dir" ] || return
    for file in "$dir"/*.pid; do
        [ -s "$file" ] && kill -9 "$(cat "$file")" 2>/dev/null
    done
    [ -f "$dir/names" ] && while read -r name; do
        ip netns pids "$name" 2>/dev/null | xargs -r kill -9
        ip netns del "$name" 2>/dev/null
    done <"$dir/names"
}

if [ "$1" = down ]; then
    down
    exit 0
fi

hosts=$3
[ "$(id -u)" = 0 ] || cannot "network namespaces need root"
for program in slurmctld slurmd sbatch munged ip nsenter unshare; do
    command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || cannot "no $program"
done
export PATH=$PATH:/usr/sbin
mkdir -p "$dir/state" "$dir/spool"
base=pp$$
control=$base-c
ip netns add "$control" 2>"$dir/why" || cannot "no network namespaces: $(cat "$dir/why")"
echo "$control" >"$dir/names"
# from here on, something is there to be taken away
trap 'code=$?; [ $code = 0 ] || down; exit $code' EXIT
ip -n "$control" link set lo up
ip -n "$control" link add br0 type bridge || cannot "no bridges"
ip -n "$control" addr add 10.77.0.254/24 dev br0
ip -n "$control" link set br0 up
for i in $(seq "$hosts"); do
    name=$base-$i
    ip netns add "$name" && echo "$name" >>"$dir/names"
    ip -n "$name" link set lo up
    ip -n "$control" link add "v$i" type veth peer name eth0 netns "$name" || cannot "no pairs of interfaces"
    ip -n "$control" link set "v$i" master br0 up
    ip -n "$name" addr add "10.77.0.$i/24" dev eth0
    ip -n "$name" link set eth0 up
done

dd if=/dev/urandom of="$dir/munge.key" bs=128 count=1 2>/dev/null
chmod 400 "$dir/munge.key"
munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
    --log-file="$dir/munged.log" --seed-file="$dir/munged.seed" || cannot "munged does not start"

cat >"$dir/slurm.conf" <<CONF
ClusterName=pushpull
SlurmctldHost=control(10.77.0.254)
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdTimeout=10
ReturnToService=2
KillWait=2
MailProg=/bin/true
SlurmdParameters=config_overrides
$(for i in $(seq "$hosts"); do echo "NodeName=h$i NodeAddr=10.77.0.$i CPUs=1 RealMemory=1000"; done)
PartitionName=all Nodes=ALL Default=YES State=UP MaxTime=INFINITE
CONF
echo CgroupPlugin=cgroup/v1 >"$dir/cgroup.conf"
export SLURM_CONF=$dir/slurm.conf

nsenter --net="/run/netns/$control" unshare --uts sh -c 'hostname control; exec slurmctld' >"$dir/why" 2>&1 \
    || cannot "slurmctld does not start: $(head -n 1 "$dir/why")"
for i in $(seq "$hosts"); do
    nsenter --net="/run/netns/$base-$i" unshare --uts sh -c "hostname h$i; exec slurmd -N h$i" >"$dir/why" 2>&1 \
        || cannot "slurmd does not start: $(head -n 1 "$dir/why")"
done
for _ in $(seq 300); do
    idle=$(nsenter --net="/run/netns/$control" sinfo -h -N -t idle -o %N 2>/dev/null | sort -u | wc -l)
    [ "$idle" = "$hosts" ] && break
    sleep 0.1
done
[ "$idle" = "$hosts" ] || cannot "only $idle of $hosts hosts are ready: $(tail -n 1 "$dir/slurmctld.log")"
echo "$control"
