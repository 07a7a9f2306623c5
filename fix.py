# fix unused/missing imports of time and civil by looking for use
import re,subprocess,sys,glob
files=subprocess.run("git diff --name-only HEAD; git ls-files -o --exclude-standard '*.go'",shell=True,capture_output=True,text=True).stdout.split()
std={'time':'"time"','slices':'"slices"','errors':'"errors"','strconv':'"strconv"','cmp':'"cmp"','fmt':'"fmt"'}
for f in files:
    if not f.endswith('.go'): continue
    try: s=open(f).read()
    except FileNotFoundError: continue
    m=re.search(r'^import \((.*?)^\)',s,re.S|re.M)
    if not m: continue
    head,body=m.group(1),s[m.end():]
    code=re.sub(r'//[^\n]*','',body)
    o=head
    for name,path in list(std.items())+[('civil','"github.com/iotspot/iotspot/shared/civil"')]:
        used=re.search(r'(?<![\w.])'+name+r'\.[A-Z]',code) is not None
        has=re.search(r'^\t'+re.escape(path)+r'$',head,re.M) is not None
        if s[:m.start()].strip().endswith('package '+name): continue
        if has and not used:
            head=re.sub(r'^\t'+re.escape(path)+r'\n','',head,flags=re.M)
        if used and not has:
            if name=='civil':
                ls=head.rstrip('\n').split('\n')
                grp=[i for i,l in enumerate(ls) if 'iotspot/iotspot/' in l]
                if grp: ls.insert(grp[0],'\t'+path)
                else: ls += ['','\t'+path]
                head='\n'.join(ls)+'\n'
            else:
                head='\n\t'+path+head
    if head!=o:
        s=s[:m.start(1)]+head+s[m.end(1):]
        open(f,'w').write(s)
subprocess.run(['gofmt','-w']+[f for f in files if f.endswith('.go') and glob.glob(f)])
